"""The same story told again: exact, near, cropped, rewritten and mixed copies of an article."""
