/**
 * Names of socket.io rooms. A board watcher is in one room for each key they hold, somebody looking at an issue in one
 * for each key of theirs and that issue: a change is sent to the rooms of the issue's audience, so rights hold by
 * construction, and socket.io tells each socket once.
 */
export const boardRoom = (key: string): string => `board:${key}`;
export const issueRoom = (issue: string, key: string): string => `issue:${issue}:${key}`;
export const hereRoom = (issue: string): string => `here:${issue}`;
export const personRoom = (person: string): string => `person:${person}`;
