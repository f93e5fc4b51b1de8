// What the parts of the map use: what is chosen, the points, lines.
const state = { lang: data.lang, chosen: null, open: false, hidden: new Set(), shown: [] };
const byId = new Map(data.points.map((point) => [point.id, point]));
const km = (point) => `${(point.chainage_m / 1000).toFixed(2)} km`;
const headline = (point) => point[`summary_${state.lang}`] || point.id;
