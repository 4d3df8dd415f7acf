import { it } from 'vitest';
import { retrace } from '../../testing/index.js';
import { sessionAndPhone } from './app/pairs.js';

// What explorations of two flows have found, once too deep for the short bound of every day.

it('G-06 a sign-out that closes a sheet does not hand its key to the sign-in that it ends', () =>
  retrace(sessionAndPhone, [
    'the app starts',
    'the phone page opens',
    'login: a code',
    'a tap on the phone button',
    'somebody asks for a session',
    'the user signs out',
  ]));

it('G-06 a sign-out in the middle of a sign-in does not hand its code to a number that waits for it', () =>
  retrace(sessionAndPhone, [
    'the app starts',
    'the phone page opens',
    'time: loginTimeout of codes.loggingIn',
    'somebody asks for a session',
    'login: a code',
    'late login: a code',
    'a tap on the phone button',
    'the phone sheet: yes',
    'the user signs out',
  ]));
