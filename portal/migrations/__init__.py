"""The steps that take the database from one version to the next, numbered in order."""
