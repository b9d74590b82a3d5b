"""Cases of several documents, and pairs of briefs to compare: format, checks, scores."""
