"""What a council decides, as typed frozen values read from its pack of YAML files."""
