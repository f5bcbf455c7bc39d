"""What a plan costs, which needs it covers and what it still lacks. No web, no database, no clock."""
