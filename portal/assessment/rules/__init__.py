"""What the answers of an assessment mean: where the person stands, what is urgent, what may help now."""
