"""Plan my support: a portal for adult social care in England."""
