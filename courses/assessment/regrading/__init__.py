"""A changed key carried through to what was answered before, step by registered step."""
