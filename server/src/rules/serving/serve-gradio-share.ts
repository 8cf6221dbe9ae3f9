import { argumentOf, type CallFact, defineRule, edit, python } from '../../engine/index.js';

export default defineRule({
  summary: 'A Gradio app is published through a public tunnel.',
  stages: ['deployment', 'evaluation'],
  severity: 'error',
  confidence: 'high',
  since: '0.1.0',
  references: [
    'CWE-1327',
    'OWASP-ML05:2023',
    'OWASP-LLM02:2025',
    'AML.T0049',
    'https://www.gradio.app/guides/sharing-your-app',
  ],
  docs: {
    why: '`share=True` opens a tunnel from a public address to the process on your machine. Whoever finds the address queries the model, uploads files and reads what the app shows.',
    instead: 'Leave `share` off and publish the app behind a gateway, or at least pass `auth`.',
    fixSafety: 'The public address goes away, so the fix is offered for review.',
    limits:
      'A flag that is computed at run time is not judged. In code for Colab, where the app has no other way out, the level is lower.',
    ignoreWhen: 'A short demonstration with data that is public anyway.',
  },
  messages: {
    open: '`share=True` publishes the app at a public address without a login; leave it off or pass `auth`',
    login: '`share=True` publishes the app at a public address; only its login stands before it',
  },
  query: python.calls('gradio.**.launch'),
  check(call: CallFact, { report, python: py, text }) {
    const share = argumentOf(call, 'share', 2);
    if (share === undefined) return;
    const value = py.value(share.value);
    if (value.kind !== 'boolean' || !value.value) return;
    const auth = argumentOf(call, 'auth');
    const guarded = auth !== undefined && py.value(auth.value).kind !== 'none';
    const finding = guarded ? report(share.range, 'login').severity('warning') : report(share.range, 'open');
    const before = text.slice(Math.max(0, call.statement.start - 300), call.statement.start);
    if (text.includes('google.colab') || /colab/i.test(before)) finding.severity('info');
    finding.fix(
      share.name === undefined ? 'Pass `False`' : 'Remove `share=True`',
      'review',
      share.name === undefined
        ? edit.replace(share.value.range, 'False')
        : edit.removeArgument(text, call.expression, share),
      'the public address goes away',
    );
  },
  examples: [
    {
      bad: 'import gradio as gr\ndemo = gr.Interface(predict, "text", "label")\ndemo.launch(«share=True»)\n',
      message: 'open',
      good: 'import gradio as gr\ndemo = gr.Interface(predict, "text", "label")\ndemo.launch()\n',
    },
    {
      bad: 'from gradio import Blocks\nwith Blocks() as demo:\n    pass\ndemo.queue().launch(auth=(user, password), «share=True»)\n',
      message: 'login',
      good: 'from gradio import Blocks\nwith Blocks() as demo:\n    pass\ndemo.queue().launch(auth=(user, password))\n',
    },
    {
      bad: 'import gradio as gr\ndef app():\n    with gr.Blocks() as demo:\n        pass\n    return demo\n\napp().launch(None, False, «True»)\n',
      message: 'open',
      good: 'import gradio as gr\ndef app():\n    with gr.Blocks() as demo:\n        pass\n    return demo\n\napp().launch(None, False, False)\n',
    },
    {
      good: 'import gradio as gr\ngr.Interface(predict, "text", "label").launch(share=False)\n',
      because: 'switched off',
    },
    {
      good: 'import gradio as gr\ngr.Interface(predict, "text", "label").launch(share=args.share)\n',
      because: 'the flag is not known',
    },
    { good: 'job.launch(share=True)\n', because: 'another library' },
    { good: 'import gradio as gr\ngr.Interface(predict, "text", "label").launch()\n', because: 'off by default' },
  ],
});
