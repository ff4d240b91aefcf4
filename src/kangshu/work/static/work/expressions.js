// The expression tree of a declaration, read in the browser: what is asked, what is computed. The server reads the
// same tree again and decides (src/kangshu/declare/evaluate.py); here null is "missing" and only true counts.
"use strict";
window.kangshuExpressions = (() => {
  const number = (value) => (value === null || value === undefined || value === "" ? null : Number(value));
  const day = (text) => (text ? new Date(text.includes("T") ? `${text}Z` : `${text}T00:00:00Z`) : null);
  const spans = { hours: 3600000, days: 86400000, weeks: 604800000 };
  const ageOn = (birth, on) => {
    if (!birth || !on || on < birth) return null;
    const [by, bm, bd] = birth.split("-").map(Number), [y, m, d] = on.split("-").map(Number);
    return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0);
  };
  const compare = {
    eq: (a, b) => a === b, ne: (a, b) => a !== b, lt: (a, b) => a < b, le: (a, b) => a <= b, gt: (a, b) => a > b, ge: (a, b) => a >= b,
  };
  const operations = {
    literal: (n) => ("decimal" in n ? Number(n.decimal) : "date" in n ? n.date : n.value),
    answer: (n, c) => c.answers[n.name] ?? null,
    performed_on: (n, c) => c.performed_on,
    person: (n, c) => c.person[n.name] ?? null,
    all: (n, c) => { let all = true; for (const p of n.parts) { const v = read(p, c); if (v === false) return false; if (v === null) all = null; } return all; },
    any: (n, c) => { let any = false; for (const p of n.parts) { const v = read(p, c); if (v === true) return true; if (v === null) any = null; } return any; },
    not: (n, c) => { const v = read(n.part, c); return v === null ? null : !v; },
    compare: (n, c) => { const a = read(n.left, c), b = read(n.right, c); return a === null || b === null ? null : compare[n.how](a, b); },
    is_in: (n, c) => { const v = read(n.part, c); return v === null ? null : n.values.some((l) => read(l, c) === v); },
    includes: (n, c) => { const v = read(n.part, c); return v === null ? null : v.includes(n.code); },
    is_missing: (n, c) => read(n.part, c) === null,
    arithmetic: (n, c) => {
      const a = number(read(n.left, c)), b = number(read(n.right, c));
      if (a === null || b === null) return null;
      return { add: a + b, sub: a - b, mul: a * b, div: b === 0 ? null : a / b }[n.how];
    },
    rounded: (n, c) => { const v = read(n.part, c); return v === null ? null : Number(`${Math.round(`${v}e${n.places}`)}e-${n.places}`); },
    ceil: (n, c) => { const v = read(n.part, c); return v === null ? null : Math.ceil(v); },
    age_on: (n, c) => ageOn(c.person.birth_date, read(n.on, c)),
    choose: (n, c) => { for (const b of n.branches) if (read(b.when, c) === true) return read(b.then, c); return n.default ? read(n.default, c) : null; },
    between: (n, c) => { const a = day(read(n.first, c)), b = day(read(n.last, c)); return a && b && n.unit in spans ? Math.trunc((b - a) / spans[n.unit]) : null; },
    row_count: (n, c) => (read(n.part, c) ?? []).length,
    score: (n, c) => {
      const worth = n.items.map((item) => { const v = c.answers[item] ?? null; return typeof v === "string" ? (n.points ?? []).find((p) => p.code === v)?.points ?? null : v; });
      return worth.includes(null) ? null : worth.reduce((sum, value) => sum + value, 0);
    },
  };
  const read = (node, context) => (operations[node.op] ? operations[node.op](node, context) : null);
  return { read };
})();
