"""The words of the interface: found in the source, kept in catalogues, checked. Needs Babel."""
