"""How good findings are, measured against what people marked: one module a finding.

Nothing here reads files or knows where the marks come from: texts and ranges go in, figures come
out.
"""
