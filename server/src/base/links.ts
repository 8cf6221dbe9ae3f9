const REPOSITORY = 'https://github.com/tidegate/tidegate';

/** Address of a rule's page. The pages are part of the package too; no check opens it. */
export function ruleUrl(id: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${id}.md`;
}
