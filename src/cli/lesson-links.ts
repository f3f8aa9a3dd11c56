import type { CourseIndex } from '../model/course.ts';
import type { ShowLink } from '../ui/markdown.ts';
import type { CommandContext } from './context.ts';

/** What a link of a lesson, a task or the glossary leads to. */
export type LinkTarget =
  | { kind: 'section'; anchor: string }
  | { kind: 'term'; id: string }
  | { kind: 'exercise'; id: string }
  | { kind: 'lesson'; id: string; anchor: string | undefined }
  | { kind: 'elsewhere'; address: string };

/** Where a link leads. */
export function linkTarget({ tracks, exercises }: CourseIndex, href: string): LinkTarget {
  if (href.startsWith('#')) return { kind: 'section', anchor: anchorIn(href.slice(1)) };
  const term = /(?:^|\/)glossary(?:\.[A-Za-z-]+)?\.md#([^#]+)$/.exec(href)?.[1];
  if (term !== undefined) return { kind: 'term', id: anchorIn(term) };
  const exercise = /(?:^|\/)exercises\/([a-z0-9-]+)(?:\/README\.md)?$/.exec(href)?.[1];
  if (exercise !== undefined && exercises.some(({ id }) => id === exercise)) return { kind: 'exercise', id: exercise };
  const [, name, anchor] = /(?:^|\/)(\d+-[a-z0-9-]+)(?:\.[A-Za-z-]+)?\.md(?:#(.*))?$/.exec(href) ?? [];
  const lessons = tracks.flatMap((track) => track.lessons);
  const lesson = lessons.find(({ id }) => id === name?.replace(/^\d+-/, ''));
  if (lesson === undefined) return { kind: 'elsewhere', address: href };
  return { kind: 'lesson', id: lesson.id, anchor: anchor && anchorIn(anchor) };
}

/** How the links of lessons are shown: what leads within the course becomes the command that shows it. */
function lessonLinks(
  index: CourseIndex,
  typed: (text: string) => string,
): {
  showLink: ShowLink;
  /** Ids of the glossary's terms that have been shown, in their order. */
  terms: ReadonlySet<string>;
} {
  const terms = new Set<string>();
  const showLink: ShowLink = (href, text) => {
    const target = linkTarget(index, href);
    switch (target.kind) {
      case 'section':
        return '';
      case 'term':
        terms.add(target.id);
        return '';
      case 'exercise':
        return text === target.id ? '' : typed(`node-tutor start ${target.id}`);
      case 'lesson':
        return typed(`node-tutor lesson ${target.id}`);
      case 'elsewhere':
        return undefined;
    }
  };
  return { showLink, terms };
}

/** The same for the course of a command. */
export async function courseLinks({ course, typed }: CommandContext): Promise<ReturnType<typeof lessonLinks>> {
  return lessonLinks((await course()).index, typed);
}

/** A name in an address, as it is written in the text. */
function anchorIn(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
