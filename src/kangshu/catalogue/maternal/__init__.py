"""The health of women in pregnancy and after birth."""
