"""The way in: signing in and out, showing again who one is, and how one signs in."""
