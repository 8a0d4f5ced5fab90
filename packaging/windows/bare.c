// Starts a program as a terminal of Windows starts one with a window: without streams, which Wine hands on. In tests alone.
#include <windows.h>

int wmain(int count, wchar_t **words) {
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION program;
  DWORD code = 1;
  if (count != 2 || !CreateProcessW(NULL, words[1], NULL, NULL, FALSE, DETACHED_PROCESS, NULL, NULL, &start, &program)) return 1;
  WaitForSingleObject(program.hProcess, INFINITE);
  GetExitCodeProcess(program.hProcess, &code);
  return code;
}
