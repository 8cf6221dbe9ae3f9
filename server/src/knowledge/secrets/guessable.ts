/** Words with a number at most: the defaults of images and what people write in a hurry. */
const GUESSABLE = /^(?=.{1,20}$)[a-z]+(?:[-_.@]?[a-z]+){0,2}[-_@!]?\d{0,4}!?$/i;

/** Whether a secret is one that anybody guesses, such as `minioadmin` or `mlflow123`. */
export function isGuessable(value: string): boolean {
  return GUESSABLE.test(value);
}
