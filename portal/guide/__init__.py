"""Pages for anybody: the start, help, safety, what to do right now, and how the portal looks."""
