"""Who a visitor is: accounts, passphrases, and the sessions of browsers."""
