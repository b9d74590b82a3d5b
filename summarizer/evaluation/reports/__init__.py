"""The reports of an eval run: terminal, JUnit XML, one HTML page, and one case side by side.

All pure: a run (and the cases it ran on) in, a renderable or text out.
"""
