"""What decides in a carer's space: money of a carer's own, and consent."""
