import { homedir } from "node:os";

/** The words of an argument; one in quotes may hold spaces. */
export const wordsIn = (argument: string): string[] =>
  [...argument.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"),
  );

/** A path as it may be typed: in quotes, with ~ for the home folder. */
export const pathIn = (argument: string): string =>
  argument.replace(/^(["'])(.*)\1$/, "$2").replace(/^~(?=$|[\\/])/, homedir());
