"""Reading a feed of services, and telling what they may help with."""
