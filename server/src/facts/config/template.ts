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

/** Files under a Helm chart's `templates/` that hold a tag are templates even where they happen to parse. */
export function isHelmTemplate(path: string, text: string): boolean {
  return /(?:^|\/)templates\//.test(path) && text.includes('{{');
}
