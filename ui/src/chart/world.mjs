// Draws the map once, at build time: Natural Earth countries (world-atlas, 1:50 million) in an equal-area
// projection, as two paths of whole numbers and the middle of each country's largest part, by ISO 3166 code.
// Runs in Node: `node src/chart/world.mjs <file to write>`.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature, merge, mesh } from "topojson-client";

const WIDE = 2000;
const CODES = "004AF008AL010AQ012DZ016AS020AD024AO028AG031AZ032AR036AU040AT044BS048BH050BD051AM052BB056BE060BM064BT068BO070BA072BW074BV076BR084BZ086IO090SB092VG096BN100BG104MM108BI112BY116KH120CM124CA132CV136KY140CF144LK148TD152CL156CN158TW162CX166CC170CO174KM175YT178CG180CD184CK188CR191HR192CU196CY203CZ204BJ208DK212DM214DO218EC222SV226GQ231ET232ER233EE234FO238FK239GS242FJ246FI248AX250FR254GF258PF260TF262DJ266GA268GE270GM275PS276DE288GH292GI296KI300GR304GL308GD312GP316GU320GT324GN328GY332HT334HM336VA340HN344HK348HU352IS356IN360ID364IR368IQ372IE376IL380IT384CI388JM392JP398KZ400JO404KE408KP410KR414KW417KG418LA422LB426LS428LV430LR434LY438LI440LT442LU446MO450MG454MW458MY462MV466ML470MT474MQ478MR480MU484MX492MC496MN498MD499ME500MS504MA508MZ512OM516NA520NR524NP528NL531CW533AW534SX535BQ540NC548VU554NZ558NI562NE566NG570NU574NF578NO580MP581UM583FM584MH585PW586PK591PA598PG600PY604PE608PH612PN616PL620PT624GW626TL630PR634QA638RE642RO643RU646RW652BL654SH659KN660AI662LC663MF666PM670VC674SM678ST682SA686SN688RS690SC694SL702SG703SK704VN705SI706SO710ZA716ZW724ES728SS729SD732EH740SR744SJ748SZ752SE756CH760SY762TJ764TH768TG772TK776TO780TT784AE788TN792TR795TM796TC798TV800UG804UA807MK818EG826GB831GG832JE833IM834TZ840US850VI854BF858UY860UZ862VE876WF882WS887YE894ZM";
const alpha = new Map(CODES.match(/.{5}/g).map((one) => [one.slice(0, 3), one.slice(3)]));

const atlas = JSON.parse(readFileSync(createRequire(import.meta.url).resolve("world-atlas/countries-50m.json"), "utf8"));
const countries = atlas.objects.countries;
const everywhere = { ...countries, geometries: countries.geometries.filter(({ id }) => id !== "010") };
const projection = geoEqualEarth().fitWidth(WIDE, feature(atlas, everywhere));
const path = geoPath(projection);
const tall = Math.ceil(path.bounds(feature(atlas, everywhere))[1][1]);

/** Whole numbers, steps from point to point, no point twice. */
function small(shape) {
  let made = "";
  for (const part of path(shape).split(/(?=M)/)) {
    const points = [];
    for (const [x, y] of [...part.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map((m) => [Math.round(m[1]), Math.round(m[2])])) {
      const last = points.at(-1);
      if (!last || last[0] !== x || last[1] !== y) points.push([x, y]);
    }
    if (points.length < 2) continue;
    made += `M${points[0].join(" ")}l`;
    made += points.slice(1).map(([x, y], i) => `${x - points[i][0]} ${y - points[i][1]}`).join(" ").replaceAll(" -", "-");
    if (part.endsWith("Z")) made += "z";
  }
  return made;
}

const middles = {}, sizes = {};
for (const one of feature(atlas, countries).features) {
  const code = alpha.get(one.id) ?? (one.properties.name === "Kosovo" ? "XK" : "");
  if (!code) continue;
  const parts = one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates;
  const largest = parts.map((coordinates) => ({ type: "Polygon", coordinates })).sort((a, b) => path.area(b) - path.area(a))[0];
  const middle = path.centroid(largest).map(Math.round);
  // Some codes stand for several outlines (036 is Australia and a reef of it): the largest is the country.
  const size = path.area(largest);
  if (middle.every(Number.isFinite) && !(sizes[code] >= size)) [middles[code], sizes[code]] = [middle, size];
}
const told = {
  // Of the projection (Equal Earth): pixels a radian, and where 0, 0 lies; so that others place a point in it.
  scale: projection.scale(), zero: projection.translate(),
  wide: WIDE, tall, land: small(merge(atlas, everywhere.geometries)), borders: small(mesh(atlas, everywhere, (a, b) => a !== b)), middles,
};
writeFileSync(process.argv[2], JSON.stringify(told));
