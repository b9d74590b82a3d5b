"""A brief without a language model: sentences are selected and attributed, not rewritten.

A document is read once (``reading``): turns and genre, parties, people, who speaks in which
sentence. A small fitted classifier (``heads``) then says of every sentence whether it carries an
offer, a red line, an open question, a next step or an outside voice, and rules of cues give the
fields. The statement is the source's own sentence. ``compose`` makes a draft of it, which goes
through the same grounding and support check as any other.
"""
