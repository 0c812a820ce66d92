"""The editors' desk under /hallinta/blogi/: what waits for them, the work on one text, the calendar and the figures."""
