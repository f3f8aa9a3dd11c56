import type { CourseIndex } from '../model/course.ts';
import type { ShowLink } from '../ui/markdown.ts';

/** How the links of lessons are shown: what leads within the course becomes the command that shows it. */
export function lessonLinks(
  { tracks, exercises }: CourseIndex,
  typed: (text: string) => string,
): {
  showLink: ShowLink;
  /** Ids of the glossary's terms that have been shown, in their order. */
  terms: ReadonlySet<string>;
} {
  const terms = new Set<string>();
  const lessons = tracks.flatMap((track) => track.lessons);
  const showLink: ShowLink = (href, text) => {
    if (href.startsWith('#')) return '';
    const term = /(?:^|\/)glossary(?:\.[A-Za-z-]+)?\.md#([^#]+)$/.exec(href)?.[1];
    if (term !== undefined) {
      terms.add(term);
      return '';
    }
    const exercise = /(?:^|\/)exercises\/([a-z0-9-]+)(?:\/README\.md)?$/.exec(href)?.[1];
    if (exercise !== undefined && exercises.some(({ id }) => id === exercise)) {
      return text === exercise ? '' : typed(`node-tutor start ${exercise}`);
    }
    const name = /(?:^|\/)(\d+-[a-z0-9-]+)(?:\.[A-Za-z-]+)?\.md(?:#.*)?$/.exec(href)?.[1];
    const lesson = lessons.find(({ id }) => id === name?.replace(/^\d+-/, ''));
    return lesson === undefined ? undefined : typed(`node-tutor lesson ${lesson.id}`);
  };
  return { showLink, terms };
}
