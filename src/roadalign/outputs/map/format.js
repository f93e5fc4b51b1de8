// Numbers, lengths and dates in the form of the page's language.
const LOCALES = { en: "en-GB", zh: "zh-CN" };
const numberForms = new Map();

function sayNumber(value, digits = 0) {
  const key = `${state.lang}${digits}`;
  if (!numberForms.has(key)) {
    numberForms.set(key, new Intl.NumberFormat(LOCALES[state.lang], { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  const step = 10 ** digits;
  return numberForms.get(key).format(Math.round(value * step) / step + 0); // + 0: no negative zero
}

// As many decimals as the number has, two at most.
const sayShort = (value) => new Intl.NumberFormat(LOCALES[state.lang], { maximumFractionDigits: 2 }).format(value + 0);
const sayMetres = (value, digits = 1) => `${sayNumber(value, digits)} m`;
const sayWidth = (value) => `${sayShort(value)} m`;
const sayWay = (value) => (value < 1000 ? sayMetres(value, 0) : `${sayNumber(value / 1000, value < 10000 ? 2 : 1)} km`);
const sayDegrees = (value) => `${sayNumber(value, 1)}°`;
const saySpeed = (value) => `${sayShort(value)} km/h`;
const sayDuration = (value) => fill(words("minutes_unit"), { value: sayNumber(value, 1) });
const sayArea = (value) => (value < 10000 ? `${sayNumber(value)} m²` : `${sayNumber(value / 10000, 2)} ha`);

// A day or a time of the data (ISO); a text that is neither stays as it is.
function dayInWords(iso) {
  const time = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALES[state.lang], { dateStyle: "long", timeZone: "UTC" }).format(time);
}
