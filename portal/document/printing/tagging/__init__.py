"""The tag tree of a PDF, built from the HTML it was drawn from.

The renderer's own tree has one element for each fragment on a page, tags page headers as content,
and knows no languages. This one follows the HTML: each element is there once, in its order, however
many pages it is drawn over. What repeats, or only decorates, is marked as an artifact.
"""
