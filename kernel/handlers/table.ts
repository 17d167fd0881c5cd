import { handleComm, handleCommInfo } from "./comm.ts";
import { handleComplete } from "./complete.ts";
import type { Handler } from "./context.ts";
import { handleDebug } from "./debug.ts";
import { handleExecute } from "./execute.ts";
import { handleHistory } from "./history.ts";
import { handleInspect } from "./inspect.ts";
import { handleInterrupt } from "./interrupt.ts";
import { handleIsComplete } from "./is-complete.ts";
import { handleKernelInfo } from "./kernel-info.ts";
import { handleShutdown } from "./shutdown.ts";
import { handleCreateSubshell, handleDeleteSubshell, handleListSubshells } from "./subshells.ts";

export type Entry = { readonly how: "queued" | "immediate"; readonly handle: Handler };
const queued = (handle: Handler): Entry => ({ how: "queued", handle });
const immediate = (handle: Handler): Entry => ({ how: "immediate", handle });

export type Table = { readonly [messageType: string]: Entry };

/** Queued: in each shell one at a time, in order; cells are abortable. Immediate: answered while a cell runs. */
export const shell: Table = {
  execute_request: queued(handleExecute),
  kernel_info_request: immediate(handleKernelInfo),
  complete_request: immediate(handleComplete),
  inspect_request: immediate(handleInspect),
  is_complete_request: immediate(handleIsComplete),
  history_request: immediate(handleHistory),
  comm_info_request: immediate(handleCommInfo),
  comm_open: queued(handleComm),
  comm_msg: queued(handleComm),
  comm_close: queued(handleComm),
  // Clients before protocol 5.4 send these two here.
  interrupt_request: immediate(handleInterrupt),
  shutdown_request: immediate(handleShutdown),
};

export const control: Table = {
  debug_request: immediate(handleDebug),
  kernel_info_request: immediate(handleKernelInfo),
  interrupt_request: immediate(handleInterrupt),
  shutdown_request: immediate(handleShutdown),
  create_subshell_request: immediate(handleCreateSubshell),
  delete_subshell_request: immediate(handleDeleteSubshell),
  list_subshell_request: immediate(handleListSubshells),
};
