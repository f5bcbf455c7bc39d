"""Mails: put into an outbox with the change they tell of, and sent from there."""
