"""Endemic diseases 地方病: zero reports, iodine, snails."""
