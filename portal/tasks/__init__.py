"""The task list: every step of the journey, and how far each has come."""
