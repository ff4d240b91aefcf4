"""HIV: testing under a code, outreach, closed settings, and the follow-up of those who live with it."""
