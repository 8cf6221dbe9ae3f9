/** Calls that hand a text to a browser as HTML, and its keyword; the text comes first. */
export const HTML_RENDERERS: ReadonlyMap<string, string> = new Map([
  ['streamlit.components.v1.html', 'html'],
  ['gradio.HTML', 'value'],
  ['IPython.display.HTML', 'data'],
  ['IPython.core.display.HTML', 'data'],
  ['markupsafe.Markup', 'object'],
  ['flask.Markup', 'object'],
  ['jinja2.Markup', 'object'],
  ['django.utils.safestring.mark_safe', 's'],
  ['fastapi.responses.HTMLResponse', 'content'],
  ['starlette.responses.HTMLResponse', 'content'],
]);
/** They show HTML only with `unsafe_allow_html=True` (https://docs.streamlit.io/develop/api-reference/text/st.markdown). */
export const STREAMLIT_TEXTS: readonly string[] = ['markdown', 'write', 'caption'].map(
  (method) => `streamlit.**.${method}`,
);
