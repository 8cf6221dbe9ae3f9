/** A line that begins, or whose value begins, with a Jinja, Helm, Cookiecutter or ERB tag: `{{- if …`, `key: {% … %}`. */
const STRUCTURAL_TAG = /^[ \t]*(?:-[ \t]+)*(?:[\w."'/-]{1,200}[ \t]*[:=][ \t]*)?(?:\{\{|\{%|\{#|<%)/m;

/**
 * Whether a file that its own syntax cannot read is the input of a template engine: it has template tags where its
 * syntax wants structure. Tags inside ordinary values (`echo {{inputs.x}}`) do not count.
 */
export function looksLikeTemplate(text: string, hasErrors: boolean): boolean {
  return hasErrors && STRUCTURAL_TAG.test(text);
}

/** Path under a Helm chart's `templates/`, or a name that template engines use. */
export function isTemplatePath(path: string): boolean {
  return /\.(?:j2|jinja2?|tmpl|tpl|gotmpl)(?:\.\w+)?$/i.test(path) || /\{\{.*\}\}/.test(path);
}

/**
 * Files under a Helm chart's `templates/` that hold a tag are templates even where they happen to parse. `${{ … }}` is an
 * expression of GitHub and Azure.
 */
export function isHelmTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(path) && /(?<!\$)\{\{/.test(text);
}

const GENERATED =
  /^[ \t]*(?:#|;|\/\/|\/?\*)[^\n]{0,200}(?:\bdo not (?:edit|modify|change)\b|@generated\b|\b(?:auto-?|automatically )?generated (?:by|from|with|file)\b)|^# PIPELINE DEFINITION$/im;

/** Whether the comments at the head of a file say that a program wrote it. */
export function saysGenerated(text: string): boolean {
  return GENERATED.test(text.slice(0, 1_000));
}
