"""What a person may have to pay for their support, and why."""
