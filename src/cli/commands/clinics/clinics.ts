import { Command } from 'commander';
import { deleteCommand } from './delete.ts';
import { enterCommand, leaveCommand } from './enter.ts';
import { exportCommand } from './export.ts';
import { figuresCommand, listCommand, logCommand } from './figures.ts';
import { importCommand } from './import.ts';
import { limitCommand } from './limit.ts';
import { renameCommand, resumeCommand, suspendCommand } from './standing.ts';
import { createClinicCommand } from '../create-clinic.ts';

export const clinicsCommand = new Command('clinics')
  .description('the host’s desk: the clinics of this installation, one by one')
  .addCommand(listCommand)
  .addCommand(figuresCommand)
  .addCommand(createClinicCommand('create'))
  .addCommand(renameCommand)
  .addCommand(limitCommand)
  .addCommand(suspendCommand)
  .addCommand(resumeCommand)
  .addCommand(exportCommand)
  .addCommand(importCommand)
  .addCommand(deleteCommand)
  .addCommand(enterCommand)
  .addCommand(leaveCommand)
  .addCommand(logCommand);
