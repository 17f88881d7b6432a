import type { IncomingHttpHeaders } from 'node:http';

/** Programs that open links to show what is behind them: messengers, mail scanners, search engines. */
const previews =
  /whatsapp|facebookexternalhit|facebot|telegrambot|slackbot|discordbot|twitterbot|linkedinbot|skypeuripreview|googlebot|google-inspectiontool|bingpreview|bingbot|applebot|signal|viber|snapchat|pinterest|redditbot|embedly|iframely|mattermost|urlpreview|linkpreview|safelinks|bot\b|crawler|spider/i;

/** Whether a request shows a link, or asks for a page, instead of fetching the file. */
export function wantsPage(headers: IncomingHttpHeaders): boolean {
  const purpose = [headers['purpose'], headers['sec-purpose'], headers['x-purpose'], headers['x-moz']].join(' ');
  return (
    previews.test(headers['user-agent'] ?? '') ||
    /prefetch|preview|prerender/i.test(purpose) ||
    (headers.accept ?? '').includes('text/html')
  );
}

/** Whether a request only looks. */
export const onlyPreviews = (headers: IncomingHttpHeaders): boolean => previews.test(headers['user-agent'] ?? '');
