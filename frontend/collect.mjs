// Copies what the browser loads from node_modules to src/kangshu/ui/static/vendor (git-ignored).
// Source-map lines go, because hashed static storage refuses references to files that are not there.
// Run: node frontend/collect.mjs   (after `npm ci` in frontend/)
import { mkdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const from = (path) => join(here, "node_modules", path);
const target = join(here, "..", "src", "kangshu", "ui", "static", "vendor");

const withoutSourceMap = (text) => text.replace(/\/[/*][#@]\s*sourceMappingURL=[^\n]*/g, "");
const onlyWoff2 = (css) =>
  css.replace(/src:\s*url\("\.\/fonts\/tabler-icons\.woff2[^}]*\}/, 'src:url("tabler-icons.woff2") format("woff2");font-display:block}');

const texts = [
  ["@tabler/core/dist/css/tabler.min.css", "tabler/tabler.min.css"],
  ["@tabler/core/dist/js/tabler.min.js", "tabler/tabler.min.js"],
  ["@tabler/icons-webfont/dist/tabler-icons.min.css", "tabler-icons/tabler-icons.min.css", onlyWoff2],
  ["htmx.org/dist/htmx.min.js", "htmx/htmx.min.js"],
  ["echarts/dist/echarts.min.js", "echarts/echarts.min.js"],
];
const files = [["@tabler/icons-webfont/dist/fonts/tabler-icons.woff2", "tabler-icons/tabler-icons.woff2"]];

rmSync(target, { recursive: true, force: true });
for (const [source, name, change = (text) => text] of texts) {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, change(withoutSourceMap(readFileSync(from(source), "utf8"))));
}
for (const [source, name] of files) {
  const path = join(target, name);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(from(source), path);
}
console.log(`${texts.length + files.length} files in ${target}`);
