"""Words of the vaccination clinic's templates."""
