"""The statistical report 统计报表: an institution fills it for a period, its superior audits and locks it.

What a report asks, who owes it and when is declared (`declare.report.Report`, found in the catalogue).
Locking a submission publishes its figures, marked as reported; unlocking it takes a reason, and the next
lock publishes anew.
"""
