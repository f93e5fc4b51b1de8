"""Files become canonical tables: plans and boundary, with fields, texts and geometry put right."""
