; The installer of plandesk for Windows, made by packaging/windows/package.
; Without a word more it installs for the user alone, with no administrator; /ALLUSERS installs for everyone, /S asks nothing,
; /D=FOLDER (last, unquoted) names another folder.
; Given by the script: VERSION, PROGRAM, LICENCES, OUTPUT.

Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 32
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\plandesk"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths\plandesk.exe"
!define CLASSES "Software\Classes"
!define APPLICATION "${CLASSES}\Applications\plandesk.exe"

; What Windows and scripts are told: the codes of its own list of errors.
!define ERROR_SHARING_VIOLATION 32
!define ERROR_ELEVATION_REQUIRED 740
!define ERROR_OLD_WIN_VERSION 1150

Name "plandesk"
OutFile "${OUTPUT}"
BrandingText "plandesk ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "plandesk"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "plandesk installer"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "The plandesk authors"
VIAddVersionKey "LegalCopyright" "MIT or Apache-2.0"

!define MUI_ICON "plandesk.ico"
!define MUI_UNICON "plandesk.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\plandesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Start plandesk"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; Says why it cannot go on, unless it runs silently, and ends with a code.
!macro Stop code words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

; A program that runs cannot be written over or removed.
!macro StopWhileRunning
  ${If} ${FileExists} "$INSTDIR\plandesk.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\plandesk.exe" a
    ${If} ${Errors}
      !insertmacro Stop ${ERROR_SHARING_VIOLATION} "plandesk is running, or its folder may not be written to. Close it and try again."
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro ForEveryone
  UserInfo::GetAccountType
  Pop $0
  ${If} $0 != "Admin"
    !insertmacro Stop ${ERROR_ELEVATION_REQUIRED} "plandesk for all users needs an administrator."
  ${EndIf}
  SetShellVarContext all
!macroend

; A kind of workbook that plandesk is offered for, and never takes over.
!macro OfferFor ending
  WriteRegStr SHCTX "${CLASSES}\.${ending}\OpenWithProgids" "plandesk.workbook" ""
  WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" ".${ending}" ""
!macroend

!macro OfferNoMore ending
  DeleteRegValue SHCTX "${CLASSES}\.${ending}\OpenWithProgids" "plandesk.workbook"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ending}\OpenWithProgids"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ending}"
!macroend

!macro Opens key
  WriteRegStr SHCTX "${key}\DefaultIcon" "" "$INSTDIR\plandesk.exe,0"
  WriteRegStr SHCTX "${key}\shell\open\command" "" '"$INSTDIR\plandesk.exe" "%1"'
!macroend

!macro TellTheShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro Stop ${ERROR_OLD_WIN_VERSION} "plandesk needs Windows 10 or later."
  ${EndIf}
  SetRegView 64
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/ALLUSERS" $2
  ${If} ${Errors}
    SetShellVarContext current
    StrCpy $2 "$LOCALAPPDATA\Programs\plandesk"
  ${Else}
    !insertmacro ForEveryone
    StrCpy $2 "$PROGRAMFILES64\plandesk"
  ${EndIf}
  ; /D= stands before what was installed last, and that before the usual folder.
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${UNINSTALL}" "InstallLocation"
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $2
  ${EndIf}
FunctionEnd

Section
  !insertmacro StopWhileRunning
  SetOutPath "$INSTDIR"
  File "/oname=plandesk.exe" "${PROGRAM}"
  File "..\..\LICENSE-MIT"
  File "..\..\LICENSE-APACHE"
  File "/oname=LICENSE-FONTS" "..\..\assets\fonts\OFL.txt"
  File "/oname=LICENSE-CRATES" "${LICENCES}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\plandesk.lnk" "$INSTDIR\plandesk.exe"

  WriteRegStr SHCTX "${PATHS}" "" "$INSTDIR\plandesk.exe"

  WriteRegStr SHCTX "${CLASSES}\.plandesk" "" "plandesk.document"
  WriteRegStr SHCTX "${CLASSES}\.plandesk" "Content Type" "application/x-plandesk+json"
  WriteRegStr SHCTX "${CLASSES}\.plandesk\OpenWithProgids" "plandesk.document" ""
  WriteRegStr SHCTX "${CLASSES}\plandesk.document" "" "plandesk document"
  !insertmacro Opens "${CLASSES}\plandesk.document"

  WriteRegStr SHCTX "${CLASSES}\plandesk.workbook" "" "Workbook of an action plan"
  !insertmacro Opens "${CLASSES}\plandesk.workbook"
  WriteRegStr SHCTX "${APPLICATION}" "FriendlyAppName" "plandesk"
  !insertmacro Opens "${APPLICATION}"
  WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" ".plandesk" ""
  !insertmacro OfferFor "xlsx"
  !insertmacro OfferFor "xlsm"
  !insertmacro OfferFor "xlsb"
  !insertmacro OfferFor "xls"
  !insertmacro OfferFor "ods"
  !insertmacro OfferFor "csv"

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "plandesk"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\plandesk.exe,0"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "The plandesk authors"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"

  !insertmacro TellTheShell
SectionEnd

Function un.onInit
  SetRegView 64
  ; Whoever it was installed for, its own entry says.
  ReadRegStr $0 HKLM "${UNINSTALL}" "InstallLocation"
  ${If} $0 == $INSTDIR
    !insertmacro ForEveryone
  ${Else}
    SetShellVarContext current
  ${EndIf}
FunctionEnd

Section Uninstall
  !insertmacro StopWhileRunning
  Delete "$INSTDIR\plandesk.exe"
  Delete "$INSTDIR\LICENSE-MIT"
  Delete "$INSTDIR\LICENSE-APACHE"
  Delete "$INSTDIR\LICENSE-FONTS"
  Delete "$INSTDIR\LICENSE-CRATES"
  Delete "$INSTDIR\uninstall.exe"
  ; Whatever else is in the folder is not ours.
  RMDir "$INSTDIR"
  ; Goes only when nothing else is in it: a user's first program brings it.
  RMDir "$LOCALAPPDATA\Programs"
  Delete "$SMPROGRAMS\plandesk.lnk"

  DeleteRegKey SHCTX "${PATHS}"
  DeleteRegKey SHCTX "${CLASSES}\.plandesk"
  DeleteRegKey SHCTX "${CLASSES}\plandesk.document"
  DeleteRegKey SHCTX "${CLASSES}\plandesk.workbook"
  DeleteRegKey SHCTX "${APPLICATION}"
  !insertmacro OfferNoMore "xlsx"
  !insertmacro OfferNoMore "xlsm"
  !insertmacro OfferNoMore "xlsb"
  !insertmacro OfferNoMore "xls"
  !insertmacro OfferNoMore "ods"
  !insertmacro OfferNoMore "csv"
  DeleteRegKey SHCTX "${UNINSTALL}"

  ; What the program remembers for the user who removes it. Work that was not saved has other names and stays.
  SetShellVarContext current
  Delete "$APPDATA\plandesk\settings.json"
  Delete "$APPDATA\plandesk\recent.json"
  Delete "$APPDATA\plandesk\mappings.json"
  Delete "$APPDATA\plandesk\views.json"
  Delete "$APPDATA\plandesk\returns.json"
  Delete "$APPDATA\plandesk\renderer.json"
  Delete "$APPDATA\plandesk\renderer.starting"
  Delete "$APPDATA\plandesk\written.json"
  Delete "$APPDATA\plandesk\window.lock"
  Delete "$APPDATA\plandesk\window.pid"
  Delete "$APPDATA\plandesk\plandesk.log.txt"
  Delete "$APPDATA\plandesk\plandesk.log.old.txt"
  ; The folder of unsaved work goes only where none is left.
  Delete "$APPDATA\plandesk\unsaved\*.lock"
  Delete "$APPDATA\plandesk\unsaved\*.printed"
  RMDir "$APPDATA\plandesk\unsaved"
  RMDir "$APPDATA\plandesk"

  !insertmacro TellTheShell
SectionEnd
