import js from "@eslint/js";

const PAGE = ["document", "window", "location", "history", "localStorage", "navigator", "matchMedia", "innerWidth", "innerHeight",
  "addEventListener", "queueMicrotask", "setTimeout", "confirm", "URL", "Blob", "CSS", "HTMLElement", "IntersectionObserver", "L", "map_align"];

export default [
  js.configs.recommended,
  {
    files: ["**/web/src/**/*.js"],
    languageOptions: { globals: Object.fromEntries(PAGE.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
];
