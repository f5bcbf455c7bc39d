"""The plan for other computers: the forms that councils, the health service and spreadsheets read."""
