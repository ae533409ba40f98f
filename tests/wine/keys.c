/* A keyboard for a Windows console. Wine passes keys on only once somebody waits for one, so here they are put into the
   console itself: keys.exe EARLY PORT PROGRAM ARGUMENT... types EARLY, starts the program, and types what arrives from that
   port of this machine until the program ends. */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void type(const char *text, int length) {
    HANDLE console = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                                 OPEN_EXISTING, 0, NULL);
    for (int at = 0; at < length; at++) {
        INPUT_RECORD key = {.EventType = KEY_EVENT};
        key.Event.KeyEvent.bKeyDown = TRUE;
        key.Event.KeyEvent.wRepeatCount = 1;
        key.Event.KeyEvent.uChar.UnicodeChar = (unsigned char)text[at];
        DWORD written;
        if (!WriteConsoleInputW(console, &key, 1, &written) || written != 1) exit(70);
    }
    CloseHandle(console);
}

static DWORD WINAPI listen_to(void *port) {
    WSADATA data;
    WSAStartup(MAKEWORD(2, 2), &data);
    SOCKET typist = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(typist, (struct sockaddr *)&address, sizeof address)) exit(71);
    char text[4096];
    for (int length; (length = recv(typist, text, sizeof text, 0)) > 0;) type(text, length);
    return 0;
}

int main(int count, char **words) {
    char line[8192] = "";
    for (int at = 3; at < count; at++) {
        if (at > 3) strcat(line, " ");
        strcat(line, words[at]);
    }
    type(words[1], strlen(words[1]));
    STARTUPINFOA start = {.cb = sizeof start};
    PROCESS_INFORMATION program;
    if (!CreateProcessA(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &program)) return 72;
    CreateThread(NULL, 0, listen_to, words[2], 0, NULL);
    WaitForSingleObject(program.hProcess, INFINITE);
    DWORD code;
    GetExitCodeProcess(program.hProcess, &code);
    return code;
}
