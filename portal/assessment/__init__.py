"""Step 1: the supported self-assessment, and where the person stands under the law."""
