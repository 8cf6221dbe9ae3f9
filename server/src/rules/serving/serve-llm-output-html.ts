import { isTestFile } from '../../base/test-files.js';
import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';
import { HTML_RENDERERS, STREAMLIT_TEXTS } from '../../knowledge/html-renderers.js';
import { alongTrail, isMixed, modelOrigin } from './_model-text.js';
import { isTrue } from './_values.js';

const FLAG = 'unsafe_allow_html';

export default defineRule({
  summary: 'Text that a language model wrote is shown as HTML.',
  stages: ['deployment'],
  severity: 'error',
  confidence: 'medium',
  since: '0.1.0',
  references: [
    'CWE-79',
    'OWASP-LLM05:2025',
    'AML.T0051',
    'https://docs.streamlit.io/develop/api-reference/text/st.markdown',
    'https://markupsafe.palletsprojects.com/en/stable/escaping/',
  ],
  docs: {
    why: 'A chat over uploaded documents shows answers as HTML. One document tells the model to add an image whose address holds the conversation so far: the browser of whoever asks next fetches it, and with a script tag it acts under their login.',
    instead:
      'Show the answer as text or as plain Markdown, or pass it through `html.escape`, `nh3.clean` or a template that escapes.',
    fixSafety: 'HTML in the answer is shown as text afterwards, so the fixes are offered for review.',
    limits:
      'Templates and front ends that the answer reaches as JSON are not followed. In notebooks, where the viewer is mostly the author, and in tests the level is lower; `st.html` removes scripts itself and is not judged.',
    ignoreWhen: 'The answer is cleaned before by a function of your own.',
  },
  messages: {
    shown:
      '`{callee}` shows what a language model wrote as HTML: a steered answer runs scripts in the browser; escape it',
    allowed: '`unsafe_allow_html=True` shows what a language model wrote as HTML: a steered answer loads or sends data',
  },
  words: ['html', 'markup', 'mark_safe'],
  query: python.calls(...HTML_RENDERERS.keys(), ...STREAMLIT_TEXTS),
  check(call: CallFact, { report, python: py, path, text, language }) {
    const keyword = HTML_RENDERERS.get(call.name);
    const flag = keyword === undefined ? argumentOf(call, FLAG) : undefined;
    if (keyword === undefined && !isTrue(flag, py)) return;
    const shown =
      keyword === undefined ? call.arguments.filter((a) => a.value !== flag?.value) : [argumentOf(call, keyword, 0)];
    for (const argument of shown) {
      const origin = argument === undefined ? undefined : modelOrigin(argument.value, py);
      if (argument === undefined || origin === undefined || origin.cleanedFor?.includes('html')) continue;
      const callee = call.name.slice(call.name.lastIndexOf('.') + 1);
      const finding = alongTrail(
        flag === undefined ? report(call.calleeRange, 'shown', { callee }) : report(flag.range, 'allowed'),
        origin,
      );
      if (isTestFile(path)) finding.severity('info');
      else if (language === 'notebook') finding.severity('warning');
      const reason = 'HTML in the answer is shown as text';
      if (flag !== undefined)
        finding.fix(`Remove \`${FLAG}=True\``, 'review', edit.removeArgument(text, call.expression, flag), reason);
      else if (!isMixed(argument.value, py) && isHtmlFree(text))
        finding.fix(
          'Escape it with `html.escape`',
          'review',
          [
            ...edit.insert(argument.value.range.start, 'html.escape('),
            ...edit.insert(argument.value.range.end, ')'),
            ...edit.addImport(text, 'import html'),
          ],
          reason,
        );
      return;
    }
  },
  examples: [
    {
      bad: 'import ollama\nimport streamlit as st\nanswer = ollama.chat(model="llama3", messages=history)\nst.markdown(answer["message"]["content"], «unsafe_allow_html=True»)\n',
      message: 'allowed',
      good: 'import ollama\nimport streamlit as st\nanswer = ollama.chat(model="llama3", messages=history)\nst.markdown(answer["message"]["content"])\n',
    },
    {
      bad: 'from fastapi.responses import HTMLResponse\nfrom openai import OpenAI\nclient = OpenAI()\n\ndef page(question):\n    reply = client.responses.create(model="gpt-4o", input=question)\n    return «HTMLResponse»(reply.output_text)\n',
      message: 'shown',
      good: 'import html\nfrom fastapi.responses import HTMLResponse\nfrom openai import OpenAI\nclient = OpenAI()\n\ndef page(question):\n    reply = client.responses.create(model="gpt-4o", input=question)\n    return HTMLResponse(html.escape(reply.output_text))\n',
    },
    {
      bad: 'import ollama\nfrom markupsafe import Markup as M\ntext = ollama.generate(model="llama3", prompt=question)["response"]\npage = «M»(f"<p>{text}</p>")\n',
      message: 'shown',
      good: 'import ollama\nfrom markupsafe import Markup as M\ntext = ollama.generate(model="llama3", prompt=question)["response"]\npage = M("<p>{}</p>").format(text)\n',
      byHand: true,
    },
    {
      good: 'import ollama\nimport streamlit as st\nanswer = ollama.chat(model="llama3", messages=history)\nst.markdown(answer["message"]["content"])\n',
      because: 'Markdown without HTML',
    },
    {
      good: 'import html\nimport gradio as gr\nimport ollama\nanswer = ollama.generate(model="llama3", prompt=question)\ngr.HTML(html.escape(answer["response"]))\n',
      because: 'the answer is escaped',
    },
    {
      good: 'import streamlit as st\nst.markdown("<style>footer {visibility: hidden;}</style>", unsafe_allow_html=True)\n',
      because: 'constant HTML',
    },
    {
      good: 'import streamlit as st\n\ndef show(body):\n    st.markdown(body, unsafe_allow_html=True)\n',
      because: 'where the text comes from is not known',
    },
  ],
});

/** True where `html` can name the module of the standard library: nothing else has that name here. */
function isHtmlFree(text: string): boolean {
  return !/\b(?:import|as|def|for|with)\s+(?:[\w, ]*,\s*)?html\b|\bhtml\s*(?:=|:)/.test(
    text.replace(/^import html\s*$/gm, ''),
  );
}
