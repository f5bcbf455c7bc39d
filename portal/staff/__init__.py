"""The council's staff: their home page, and the operator's commands for their accounts."""
