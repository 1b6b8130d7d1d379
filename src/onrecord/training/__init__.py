"""Training of the networks that reading runs; needs `torch`: `pip install 'onrecord[train]'`."""
