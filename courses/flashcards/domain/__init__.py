"""How memory is modelled and reviews are scheduled: plain Python, no Django, no clock."""
